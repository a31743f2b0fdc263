/** Packages of the map's files: those of the workspace, and installed ones by their folder. Pure. */

export interface MapPackage {
  /** '' is the workspace itself. */
  folder: string;
  name: string | null;
}

/** Place among `packages` of each file's package, which is added when it is the first of its. */
export function packagesOf(known: readonly MapPackage[]): {
  packages: MapPackage[];
  packageOf: (path: string) => number;
} {
  const names = new Map(known.map(({ folder, name }) => [folder, name]));
  const packages: MapPackage[] = [];
  const places = new Map<string, number>();
  const packageOf = (path: string): number => {
    const folder = installed(path) ?? nearest(path, names);
    const place = places.get(folder);
    if (place !== undefined) return place;
    places.set(folder, packages.length);
    packages.push({ folder, name: names.get(folder) ?? (installed(path) === null ? null : nameOf(folder)) });
    return packages.length - 1;
  };
  return { packages, packageOf };
}

/** `node_modules/@scope/name` of a file in it. null: it is not installed. */
function installed(path: string): string | null {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? null;
}

const nameOf = (folder: string): string => folder.slice(folder.lastIndexOf('node_modules/') + 13);

/** The innermost package around a file; '' when none is known. */
function nearest(path: string, names: ReadonlyMap<string, unknown>): string {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const folder = path.slice(0, end);
    if (names.has(folder)) return folder;
  }
  return '';
}
