import type { Output } from '../core/service';

/** One version of an object, or the mark that it was deleted. */
export interface ObjectVersion {
  readonly key: string;
  /** `null` when it was made without versioning. */
  readonly versionId: string;
  readonly modified: Date;
  /** Absent for a delete marker. */
  readonly content?: ObjectContent;
}

/** What an object holds. */
export interface ObjectContent {
  /** Name of the file with the bytes. */
  readonly blob: string;
  readonly size: number;
  /** With its quotes. */
  readonly etag: string;
  /** What GetObject gives back as it was put: content type, metadata, encryption, ... */
  readonly properties: Output;
  /** As members of the API, with its type. */
  readonly checksum: Readonly<Record<string, string>>;
}

/** A part of an upload that is not complete. */
export interface UploadedPart extends Omit<ObjectContent, 'properties'> {
  readonly modified: Date;
}

/** A multipart upload that is not complete. */
export interface Upload {
  readonly key: string;
  readonly initiated: Date;
  readonly properties: Output;
  /** The checksum that every part must have: its member of the API. */
  readonly checksum: string;
  /** Whether the checksum of the object is that of its bytes, and not that of the checksums of its parts. */
  readonly isFullObject: boolean;
  /** Whether the uploader asked for the checksum. */
  readonly isAsked: boolean;
  readonly parts: Map<number, UploadedPart>;
}

export type Versioning = 'Enabled' | 'Suspended' | undefined;

/** The version id of what was put without versioning. */
export const NULL_VERSION = 'null';

// S3 orders keys by their UTF-8 bytes; UTF-16 orders differently where both have a surrogate or what comes after them.
const BEYOND = /[\ud800-\uffff]/;

/** The order of keys in a listing. */
export const compareKeys = (left: string, right: string): number => {
  if (left === right) return 0;
  if (BEYOND.test(left) && BEYOND.test(right)) return Buffer.compare(Buffer.from(left), Buffer.from(right));
  return left < right ? -1 : 1;
};

/** More writes than that are not under way at a time. */
const REMEMBERED_DELETIONS = 1000;

/** A bucket as it is kept. */
export interface KeptBucket {
  readonly created: Date;
  readonly versioning: Versioning;
  readonly configuration: ReadonlyMap<string, unknown>;
  readonly uploads: ReadonlyMap<string, Upload>;
  readonly objects: Iterable<readonly [string, ObjectVersion[]]>;
}

/** A bucket: all versions of its objects, and its configuration. */
export class Bucket {
  versioning: Versioning;
  readonly created: Date;
  readonly uploads: Map<string, Upload>;
  /** By the member of the API that holds it. */
  readonly configuration: Map<string, unknown>;
  /** Newest version first. */
  private readonly objects: Map<string, ObjectVersion[]>;
  private sorted: readonly string[] | undefined;
  /** Keys that were deleted lately, by the number of the deletion. */
  private readonly deleted = new Map<string, number>();
  private deletions = 0;

  /** `kept` is what was there before a restart; `changed` is told of each key with other versions than before. */
  constructor(
    readonly name: string,
    kept: KeptBucket,
    private readonly changed: (key: string, versions: readonly ObjectVersion[]) => void,
  ) {
    this.created = kept.created;
    this.versioning = kept.versioning;
    this.configuration = new Map(kept.configuration);
    this.uploads = new Map(kept.uploads);
    this.objects = new Map(kept.objects);
  }

  /** What a restart needs, but for the objects. */
  get kept(): Omit<KeptBucket, 'objects'> {
    const { created, versioning, configuration, uploads } = this;
    return { created, versioning, configuration, uploads };
  }

  /** The files that hold its bytes. */
  get blobs(): readonly string[] {
    const contents = [...this.objects.values()]
      .flat()
      .flatMap(({ content }) => (content === undefined ? [] : [content]));
    const parts = [...this.uploads.values()].flatMap((upload) => [...upload.parts.values()]);
    return [...contents, ...parts].map(({ blob }) => blob);
  }

  get isEmpty(): boolean {
    return this.objects.size === 0;
  }

  /** All keys that have a version, in listing order. */
  get keys(): readonly string[] {
    return (this.sorted ??= [...this.objects.keys()].sort(compareKeys));
  }

  /** Newest first. */
  versions(key: string): readonly ObjectVersion[] {
    return this.objects.get(key) ?? [];
  }

  latest(key: string): ObjectVersion | undefined {
    return this.objects.get(key)?.[0];
  }

  /** From now on tells whether a key has been deleted since. */
  watchDeletions(key: string): () => boolean {
    const before = this.deletions;
    return () => (this.deleted.get(key) ?? 0) > before;
  }

  /** Makes `version` the latest one; returns what it replaces for good. */
  add(version: ObjectVersion): ObjectVersion | undefined {
    const versions = this.objects.get(version.key);
    if (version.content === undefined) this.noteDeletion(version.key);
    if (versions === undefined) {
      this.objects.set(version.key, [version]);
      this.sorted = undefined;
      this.changed(version.key, [version]);
      return undefined;
    }
    const same = versions.findIndex(({ versionId }) => versionId === version.versionId);
    const replaced = same < 0 ? undefined : versions.splice(same, 1)[0];
    versions.unshift(version);
    this.changed(version.key, versions);
    return replaced;
  }

  /** Removes one version for good. */
  remove(key: string, versionId: string): ObjectVersion | undefined {
    const versions = this.objects.get(key);
    const index = versions?.findIndex((version) => version.versionId === versionId) ?? -1;
    if (versions === undefined || index < 0) return undefined;
    const [removed] = versions.splice(index, 1);
    this.noteDeletion(key);
    this.changed(key, versions);
    if (versions.length === 0) {
      this.objects.delete(key);
      this.sorted = undefined;
    }
    return removed;
  }

  private noteDeletion(key: string): void {
    this.deletions += 1;
    this.deleted.delete(key);
    this.deleted.set(key, this.deletions);
    const [oldest] = this.deleted.keys();
    if (this.deleted.size > REMEMBERED_DELETIONS) this.deleted.delete(oldest);
  }
}
