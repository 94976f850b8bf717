import { createServer } from 'node:http';

/** An answer that a healthy service gives rarely: a refusal, or one of many pages. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Options of a client that gets these answers, one after the other, and the last one ever after. */
export const withAnswers = async <Result>(
  answers: readonly Answer[],
  use: (options: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  }) => Promise<Result>,
): Promise<Result> => {
  let given = 0;
  const server = createServer((_, response) => {
    const answer = answers.at(Math.min(given++, answers.length - 1));
    response.writeHead(answer?.status ?? 500, answer?.headers);
    response.end(answer?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  try {
    return await use({
      endpoint: `http://127.0.0.1:${address.port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
};

/** An error in the words of S3. */
export const s3Fault = (status: number, code: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
});

/** A page of a listing in the words of S3. */
export const s3Page = (keys: readonly string[], next?: string): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: [
    '<?xml version="1.0"?><ListBucketResult>',
    ...keys.map((key) => `<Contents><Key>${key}</Key></Contents>`),
    next === undefined ? '' : `<IsTruncated>true</IsTruncated><NextContinuationToken>${next}</NextContinuationToken>`,
    '</ListBucketResult>',
  ].join(''),
});

/** An error in the words of AWS Batch. */
export const batchFault = (status: number, code: string): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
  body: JSON.stringify({ message: `the message of ${code}` }),
});

/** An answer in the words of AWS Batch. */
export const batchAnswer = (body: object): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
