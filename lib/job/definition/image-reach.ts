import { Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { warn } from '../../private/check';
import type { IJobQueue } from '../../queue/job-queue-interface';

/** What leads to the containers in the properties of all kinds of job definitions. */
const PARTS: ReadonlySet<string> = new Set([
  ...['containerProperties', 'ecsProperties', 'taskProperties', 'containers'],
  ...['nodeProperties', 'nodeRangeProperties', 'container'],
  ...['eksProperties', 'podProperties', 'initContainers'],
]);

/** Amazon ECR: the account and the Region that an image is in. */
const ECR = /^\d{12}\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\./;

/** Warns of images that a job cannot pull where its queue is known to have no way to the internet. @internal */
export function warnOfUnreachableImages(job: IConstruct, definition: unknown, queue: IJobQueue): void {
  const isolated = (queue.computeEnvironments ?? []).filter(({ offer }) => offer?.isolatedSubnets === true);
  if (isolated.length === 0) return;
  const paths = isolated.map(({ node }) => node.path).join(', ');
  const { region } = Stack.of(job);
  for (const image of new Set(imagesIn(definition))) {
    if (Token.isUnresolved(image) || isNear(image, region)) continue;
    warn(
      job,
      `the image '${image}' cannot be pulled in ${paths}: subnets there have no way to the internet, and reach Amazon ECR ` +
        'of the same Region only; copy it to a repository there, unless there is another way out, such as a transit gateway',
      'job-image-unreachable',
    );
  }
}

function isNear(image: string, region: string): boolean {
  const found = ECR.exec(image);
  return found !== null && (Token.isUnresolved(region) || found[1] === region);
}

function imagesIn(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(imagesIn);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]: [string, unknown]) => {
    if (name === 'image' && typeof value === 'string') return [value];
    return PARTS.has(name) ? imagesIn(value) : [];
  });
}
