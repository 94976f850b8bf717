import { PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { PATHS } from '../../examples/flights/demo/paths';
import type { Clients } from '../conformance/kit/clients';
import { gatewayRoutes } from './routes/gateway';
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

/** The demo and the examples, and how to use what they deploy. */
export const SUBJECTS: readonly Subject[] = [
  {
    stack: 'Flights',
    app: PATHS.app,
    routes: pipelineRoutes({ id: 'DelayByHour', start: uploadFlights, computeEnvironments: ['PlatformSpot'] }),
  },
  {
    stack: 'BatchPlatform',
    app: PATHS.platformApp,
    routes: pipelineRoutes({
      id: 'Uploads',
      start: (visit) => put(visit, 'incoming/picture', 'a picture'),
      computeEnvironments: ['PlatformSpot'],
    }),
  },
  { stack: 'Render', app: PATHS.renderApp, routes: gatewayRoutes({ job: 'frames', queue: 'urgent' }) },
  { stack: 'Showcase', app: PATHS.showcaseApp, prepare: makeLicence, routes: showcaseRoutes },
];
