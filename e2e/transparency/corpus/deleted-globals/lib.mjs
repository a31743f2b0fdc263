export function h() {
  return 'h';
}
