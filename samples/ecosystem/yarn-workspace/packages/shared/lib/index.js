const { z } = require('zod');

const line = z.object({ sku: z.string().regex(/^[a-z]+-\d+$/), count: z.number().int().positive(), note: z.string().optional() }).strict();
exports.order = z.object({ id: z.coerce.number(), lines: z.array(line).min(1), placed: z.coerce.date().transform((date) => date.toISOString()) });
exports.problems = (error) => error.issues.map(({ path, code, message }) => `${path.join('.')}: ${code}: ${message}`);
