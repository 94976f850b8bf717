/** A path that is left out, with all below it, and why. */
export interface LeftOut {
  readonly path: string;
  readonly reason: string;
}

/** What a measure of the surface says about the paths that are left out. */
export interface Decisions {
  /** Neither reached nor left out: nobody decided on it. */
  readonly undecided: readonly string[];
  /** Left out, and still reached or not there at all: the entry has to go. */
  readonly stale: readonly string[];
}

const covers = ({ path }: LeftOut, other: string): boolean =>
  other === path || other.startsWith(`${path}.`) || other.startsWith(`${path}[]`);

/** Compares what is reached with what is left out. */
export function decide(
  surface: { readonly all: readonly string[]; readonly reached: ReadonlySet<string> },
  leftOut: readonly LeftOut[],
): Decisions {
  const unreached = surface.all.filter((path) => !surface.reached.has(path));
  return {
    undecided: unreached.filter((path) => !leftOut.some((entry) => covers(entry, path))),
    stale: leftOut.filter((entry) => !unreached.some((path) => covers(entry, path))).map(({ path }) => path),
  };
}
