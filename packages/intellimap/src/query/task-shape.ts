/**
 * Tasks that are alike: `GET /carts/17` and `GET /carts/4` are both `GET /carts/*`. A segment of digits, or with two digits, is an id; `v1` is not.
 */

/** SQL for the shape of the name of a task. @param name a column */
export const taskShape = (name: string): string =>
  `array_to_string(list_transform(string_split(regexp_replace(${name}, '[?].*$', ''), '/'), lambda part: ` +
  `CASE WHEN regexp_full_match(part, '[0-9]+|[^ ]*[0-9][^ ]*[0-9][^ ]*') THEN '*' ELSE part END), '/')`;
