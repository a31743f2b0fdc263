export function self() {
  return 'self';
}
