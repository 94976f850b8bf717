/** What the endpoint tells the process host. */
export type ToHost =
  | {
      readonly type: 'start';
      readonly id: number;
      readonly command: readonly string[];
      readonly folder: string;
      readonly environment: Readonly<Record<string, string>>;
    }
  | { readonly type: 'signal'; readonly id: number; readonly name: 'SIGTERM' | 'SIGKILL' }
  /** The last piece of output was taken: the next one may come. */
  | { readonly type: 'taken'; readonly id: number; readonly stream: StreamName };

/** What the process host tells the endpoint. */
export type FromHost =
  | { readonly type: 'started'; readonly id: number; readonly pid: number | undefined }
  | { readonly type: 'output'; readonly id: number; readonly stream: StreamName; readonly bytes: Uint8Array }
  | { readonly type: 'ended'; readonly id: number; readonly exitCode: number }
  | { readonly type: 'failed'; readonly id: number; readonly error: Error };

export type StreamName = 'stdout' | 'stderr';
