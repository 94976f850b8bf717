import { MAX_ARRAY_SIZE, MAX_KEY_CHARACTERS } from './items';
import { JOB_ENVIRONMENT } from './job-environment';
import { SHARE_IDENTIFIER } from './share-identifier';

/** Longest idempotency key, in characters. */
export const LONGEST_IDEMPOTENCY_KEY = 256;

/** Names of variables and of parameters: nothing that a shell or a log would read as something else. */
export const VALUE_NAME = /^[A-Za-z0-9_.-]{1,256}$/;

/** Variables that only AWS Batch and this platform set. */
export const PLATFORM_VARIABLE = new RegExp(`^(AWS_BATCH|(${Object.values(JOB_ENVIRONMENT).join('|')})$)`);

/** Variables by which AWS SDKs, loaders and runtimes of languages find what they load and where they call, by families. */
const LOADERS = [
  '(AWS|ECS|LD|DYLD|GIT|DOTNET|CORECLR|COR|LUA|JULIA|GEM|BUNDLE|PHP)_',
  'PYTHON|PERL5|RUBY(OPT|LIB)$|PHPRC$|R_(PROFILE|ENVIRON|LIBS)|NODE_(OPTIONS|PATH|EXTRA_CA_CERTS)$|npm_config_',
  'CLASSPATH$|(_JAVA|JAVA_TOOL|JDK_JAVA)_OPTIONS$|(JAVA|MAVEN|GRADLE|SBT|CATALINA)_OPTS$',
  '(PATH|HOME|SHELL|IFS|ENV|BASH_ENV|PS4|PROMPT_COMMAND|GCONV_PATH|LOCPATH|GLIBC_TUNABLES|HOSTALIASES)$',
  '(HTTPS?|ALL|https?|all)_(PROXY|proxy)$|SSL_CERT_(FILE|DIR)$|(CURL|REQUESTS)_CA_BUNDLE$|OPENSSL_CONF$',
];

/**
 * Well-known variables that decide which programs and libraries a command loads, and where it calls: who may set them runs
 * code of their own as the job. Programs know others: what must not be set belongs into the image.
 */
export const LOADER_VARIABLE = new RegExp(`^(${LOADERS.join('|')})`);

const text = (description: string, more: object = {}) => ({ type: 'string', minLength: 1, description, ...more });

const key = (description: string) => text(description, { maxLength: MAX_KEY_CHARACTERS });

const closed = (properties: Readonly<Record<string, object>>, ...required: readonly string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const texts = (description: string, names: object) => ({
  type: 'object',
  description,
  propertyNames: names,
  additionalProperties: { type: 'string', pattern: '^[^\\u0000]*$' },
});

const names = { pattern: VALUE_NAME.source };

const BUCKET = text('A bucket that the platform knows: any other is refused as UnknownBucket.');

const ITEMS = {
  description: 'The items to work on, at most 10,000; exactly one of these.',
  oneOf: [
    closed(
      {
        list: {
          type: 'array',
          maxItems: MAX_ARRAY_SIZE,
          description: 'The items themselves, each at most 4,096 bytes of JSON.',
          items: { not: { type: 'null' } },
        },
      },
      'list',
    ),
    closed(
      {
        prefix: {
          description: 'Each object below the prefix is an item.',
          ...closed(
            { bucket: BUCKET, prefix: { type: 'string', maxLength: MAX_KEY_CHARACTERS } },
            ...['bucket', 'prefix'],
          ),
        },
      },
      'prefix',
    ),
    closed(
      {
        manifest: {
          description: 'Each line of the object is an item: JSON Lines in UTF-8.',
          ...closed(
            { bucket: BUCKET, key: key('Its key.'), versionId: key('Its version; the latest one without.') },
            ...['bucket', 'key'],
          ),
        },
      },
      'manifest',
    ),
  ],
};

const DRAFT = 'http://json-schema.org/draft-07/schema#';

/**
 * What a request to the submission function looks like, as a JSON Schema. What it cannot say is refused by the function as
 * well: jobs, queues and buckets that are not known, and what is larger than AWS Batch takes.
 */
export const SUBMISSION_REQUEST_SCHEMA = {
  $schema: DRAFT,
  title: 'Submission request',
  ...closed(
    {
      job: text('Name under which the job was added to the gateway.'),
      queue: text("Name of a job queue of the gateway; the job's own queue when absent."),
      items: { $ref: '#/definitions/items' },
      parameters: texts('Values for the Ref:: placeholders of the command.', names),
      environment: texts('Environment variables added to those of the job definition.', {
        ...names,
        not: { anyOf: [{ pattern: PLATFORM_VARIABLE.source }, { pattern: LOADER_VARIABLE.source }] },
      }),
      shareIdentifier: text('Whose share of a queue with a scheduling policy the job uses.', {
        pattern: SHARE_IDENTIFIER.source,
      }),
      idempotencyKey: text(
        'The same key and job name the same submission, which is made once. All callers of a gateway share the keys; ' +
          'those of a team are its own.',
        { maxLength: LONGEST_IDEMPOTENCY_KEY },
      ),
    },
    'job',
  ),
  definitions: { items: ITEMS },
};

/** What a person or a program starts an execution of a pipeline with, as a JSON Schema; S3 starts it with an event. */
export const EXECUTION_INPUT_SCHEMA = {
  $schema: DRAFT,
  title: 'Input of a pipeline',
  ...closed({ items: { $ref: '#/definitions/items' } }, 'items'),
  definitions: { items: ITEMS },
};
