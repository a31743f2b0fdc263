export const last = () => import.meta.url.split('/').at(-1);
