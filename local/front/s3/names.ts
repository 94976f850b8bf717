/** Lists whose elements stand in their parent directly: member of the API and name of an element. */
const FLAT = [
  ['DeleteMarkers', 'DeleteMarker'],
  ['Errors', 'Error'],
  ['NoncurrentVersionTransitions', 'NoncurrentVersionTransition'],
  ['Objects', 'Object'],
  ['Parts', 'Part'],
  ['Rules', 'Rule'],
  ['Transitions', 'Transition'],
  ['Uploads', 'Upload'],
  ['Versions', 'Version'],
] as const;

/** Lists with an element of their own around them. */
const WRAPPED = [
  ['Buckets', 'Bucket'],
  ['TagSet', 'Tag'],
] as const;

/** Name of a flat list's elements. */
export const FLAT_ELEMENTS: ReadonlyMap<string, string> = new Map(FLAT);

/** Name of a wrapped list's elements. */
export const WRAPPED_ELEMENTS: ReadonlyMap<string, string> = new Map(WRAPPED);

/** The list that an element belongs to. */
export const FLAT_MEMBERS: ReadonlyMap<string, string> = new Map(FLAT.map(([member, element]) => [element, member]));
