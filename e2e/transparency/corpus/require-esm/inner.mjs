export const g = () => import.meta.url.slice(-9);
