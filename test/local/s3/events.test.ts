import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createS3 } from '../../../local/s3/service';
import { createTestWorld } from '../support';

test('a write succeeds when its event cannot be delivered, and a person is told', async () => {
  const deaf = await createTestWorld([createS3]);
  await deaf.run('s3', 'CreateBucket', { Bucket: 'bucket' });
  const NotificationConfiguration = { EventBridgeConfiguration: {} };
  await deaf.run('s3', 'PutBucketNotificationConfiguration', { Bucket: 'bucket', NotificationConfiguration });
  await deaf.run('s3', 'PutObject', { Bucket: 'bucket', Key: 'a', Body: 'x' });
  await setImmediate();
  await setImmediate();
  expect(deaf.notes.join()).toContain("the event 'Object Created' of bucket was not delivered");
  await deaf.close();
});
