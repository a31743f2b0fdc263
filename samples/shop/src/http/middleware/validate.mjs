import { ValidationError } from '../../errors.mjs';

/**
 * Checks parts of a request against zod schemas and leaves what they made of them in `req.valid`.
 * All parts are checked before answering, so that a client sees every mistake at once.
 *
 * @param {{ params?: import('zod').ZodType, query?: import('zod').ZodType, body?: import('zod').ZodType }} schemas
 */
export function validate(schemas) {
  const parts = Object.entries(schemas);
  return (req, _res, next) => {
    const issues = [];
    req.valid = {};
    for (const [part, schema] of parts) {
      const { success, data, error } = schema.safeParse(req[part]);
      if (success) req.valid[part] = data;
      else issues.push(...error.issues.map((issue) => describeIssue(part, issue)));
    }
    next(issues.length > 0 ? new ValidationError(issues) : undefined);
  };
}

function describeIssue(part, { path, message }) {
  return { path: [part, ...path].join('.'), message };
}
