/**
 * Files of packages in a Vite dev server. Browsers keep them for good, under an address with the version of all packages (`?v=`): what we made of them has ids of
 * this server, and the next one has the same addresses. So recorded ones go without.
 */

export interface Found {
  id: string;
}

/** What of a hook's context is used. */
export interface ResolveContext {
  resolve(id: string, importer?: string, options?: object): Promise<Found | null>;
}

const VERSIONED = /^([^?]+)\?v=[\w.-]+$/;

/** Undefined: as Vite has it. @param has whether a file is recorded */
export async function withoutVersion(
  context: ResolveContext,
  id: string,
  importer: string | undefined,
  options: object,
  has: (file: string) => boolean,
): Promise<Found | undefined> {
  // A package; what it imports of its own files takes the version over from it.
  if (!/^[\w@]/.test(id)) return undefined;
  const found = await context.resolve(id, importer, { ...options, skipSelf: true });
  const [, file] = VERSIONED.exec(found?.id ?? '') ?? [];
  return found && file !== undefined && has(file) ? { ...found, id: file } : undefined;
}
