/**
 * What an object goes on with, as plain data, and back: its fields, and those of the objects in it, whatever class they are of. None is named here, as one that
 * is forgotten would make for a wrong answer some day.
 *
 * Objects of classes are made anew by their constructors, and then given their fields; so functions stay what they are, and what `except` names (tables that are made
 * of files) is left alone. An object that several refer to is written down once.
 */
export interface State {
  /** Plain data, as it is. */
  values: Record<string, unknown>;
  /** Objects of classes, and plain ones that have such. */
  objects: Record<string, State>;
}

export const stateOf = (root: object, except: readonly object[] = []): State =>
  stateBut(root, new Set([...except, root]));

function stateBut(object: object, seen: Set<object>): State {
  const state: State = { values: {}, objects: {} };
  for (const [name, value] of Object.entries(object)) {
    if (typeof value === 'function') continue;
    if (!isMade(value)) state.values[name] = value;
    else if (!seen.has(value)) state.objects[name] = stateBut(value, seen.add(value));
  }
  return state;
}

/** Gives an object that was made in the same way what another one went on with. */
export function restore(root: object, { values, objects }: State): void {
  Object.assign(root, values);
  for (const [name, state] of Object.entries(objects)) restore((root as Record<string, object>)[name], state);
}

/** An object of a class of ours, or a plain one that has such. */
function isMade(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
  if (Object.getPrototypeOf(value) === Object.prototype) return Object.values(value).some(isMade);
  return !(Array.isArray(value) || value instanceof Map || value instanceof Set);
}
