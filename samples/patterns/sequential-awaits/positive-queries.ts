// The second query uses what the function was given, not what the first one found.
import { db } from './db.ts';

export async function page(slug: string, locale: string) {
  const article = await db.findArticle(slug, locale);
  const [banner] = await db.findBanners(locale);
  return { article, banner };
}
