import { PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { PATHS } from '../../examples/flights/demo/paths';
import type { Clients } from '../conformance/kit/clients';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { gatewayRoutes } from './routes/gateway';
import { guestRoutes, memberRoutes } from './routes/member';
import { pipelineRoutes } from './routes/pipeline';
import { showcaseRoutes } from './routes/showcase';
import type { Subject, Visit } from './subject';

const put = (visit: Visit, Key: string, Body: string) =>
  visit.clients.s3.send(new PutObjectCommand({ Bucket: visit.id('PlatformData'), Key, Body }));

/** Two parts and their manifest, which starts the pipeline. */
const uploadFlights = async (visit: Visit): Promise<void> => {
  const keys = [0, 1].map((part) => `incoming/flights/part-${part}.json`);
  for (const key of keys) await put(visit, key, JSON.stringify([{ delay: 3, distance: 200, time: 18.3 }]));
  const manifest = keys.map((key) => JSON.stringify({ bucket: visit.id('PlatformData'), key })).join('\n');
  await put(visit, 'incoming/flights/manifest.jsonl', manifest);
};

/** The showcase imports it. */
const makeLicence = ({ secrets }: Clients) =>
  secrets.send(new CreateSecretCommand({ Name: 'showcase/licence', SecretString: 'a licence' }));

/** Starts the pipeline of an app that has only the name of the platform. */
const uploadToShared = async ({ clients: { s3, ssm } }: Visit): Promise<void> => {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/batch-platform/shared/bucket' }));
  await s3.send(new PutObjectCommand({ Bucket: Parameter?.Value, Key: 'counts/one', Body: 'one' }));
};

/** The demo, the app of a platform repository and the examples, and how to use what they deploy. */
export const SUBJECTS: readonly Subject[] = [
  {
    stack: 'Flights',
    app: PATHS.app,
    routes: pipelineRoutes({ id: 'DelayByHour', start: uploadFlights, computeEnvironments: ['PlatformSpot'] }),
  },
  {
    // The stage prod has the same policies.
    stack: 'BatchPlatform-dev',
    app: PATHS.platformApp,
    routes: {
      ...gatewayRoutes({ id: 'PlatformGateway', job: 'inspect', queue: 'urgent' }),
      ...pipelineRoutes({
        id: 'Uploads',
        start: (visit) => put(visit, 'incoming/picture', 'a picture'),
        computeEnvironments: ['PlatformSpot'],
      }),
    },
  },
  { stack: 'Render', app: PATHS.renderApp, routes: gatewayRoutes({ id: 'Gateway', job: 'frames', queue: 'urgent' }) },
  {
    stack: 'SharedPlatform',
    app: PATHS.sharedApp,
    routes: { ...memberRoutes, ...gatewayRoutes({ id: 'PlatformGateway', job: 'checksum' }) },
  },
  {
    stack: 'SharedApp',
    app: PATHS.sharedApp,
    after: 'SharedPlatform',
    routes: {
      ...pipelineRoutes({ id: 'Counts', start: uploadToShared, computeEnvironments: [] }),
      ...guestRoutes,
    },
  },
  { stack: 'Showcase', app: PATHS.showcaseApp, prepare: makeLicence, routes: showcaseRoutes },
];
