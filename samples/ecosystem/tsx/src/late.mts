export default function late<T>(value: T): [T, string] {
  return [value, new Error('where').stack!.split('\n')[1]!.trim()];
}
