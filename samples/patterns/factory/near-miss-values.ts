// Values of the language are no kinds of a thing.
export function collection(unique: boolean) {
  return unique ? new Set<string>() : new Array<string>();
}
