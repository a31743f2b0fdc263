/** Tasks that are named in a sentence. */
const SHOWN = 2;

/** `, during GET /carts/*, GET /me and 3 more`; nothing where there are none. */
export function during(tasks: readonly string[]): string {
  if (tasks.length === 0) return '';
  const more = tasks.length > SHOWN ? ` and ${tasks.length - SHOWN} more` : '';
  return `, during ${tasks.slice(0, SHOWN).join(', ')}${more}`;
}
