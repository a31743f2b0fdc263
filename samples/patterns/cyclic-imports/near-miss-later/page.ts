export const title = () => 'page';

export async function open() {
  const { menu } = await import('./menu.ts');
  return menu();
}
