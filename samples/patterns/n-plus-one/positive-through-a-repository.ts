// The query is two calls away: the loop does not show it.
import { prisma } from './client.ts';

async function authorOf(id: number) {
  return prisma.author.findUnique({ where: { id } });
}

async function withAuthor(post: { authorId: number }) {
  const author = await authorOf(post.authorId);
  return { ...post, author };
}

export async function feed(userId: number) {
  const posts = await prisma.post.findMany({ where: { userId } });
  const shown = [];
  for (const post of posts) {
    shown.push(await withAuthor(post));
  }
  return shown;
}
