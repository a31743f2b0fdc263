// An object with functions, over a client of the module.
import { prisma } from './prisma.ts';

export const articles = {
  list: (author: string) => prisma.article.findMany({ where: { author } }),
  get: (id: number) => prisma.article.findUnique({ where: { id } }),
  create: (data: object) => prisma.article.create({ data }),
  remove: (id: number) => prisma.article.delete({ where: { id } }),
};
