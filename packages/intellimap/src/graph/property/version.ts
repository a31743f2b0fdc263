/** What stored graphs are made of. */
import { FIELD_NAMES, KIND_NAMES } from '../tree/kinds.ts';
import { LABEL_NAMES } from './labels.ts';

/** Raise it when something else is made of the same text. */
export const GRAPH_VERSION = 1;

/** Names behind the numbers in its columns. */
export const GRAPH_NAMES = { kinds: KIND_NAMES, fields: FIELD_NAMES, labels: LABEL_NAMES } as const;
