// There is an answer for what fails.
export function options(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
