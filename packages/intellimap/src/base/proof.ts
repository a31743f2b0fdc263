/** What recordings are asked about a pattern that was found in the text, and what they answer. */

/** Which recorded fact confirms it, in words that stand behind "confirmed when". */
export const FACTS = {
  ran: 'it ran',
  'ran again': 'it ran more than once in one run',
  repeated: 'one call of it made the call in question more than once',
  'at once': 'calls that one call of it made ran at the same time',
  'in turn': 'the second call began after one that it waited for had ended',
  caught: 'an error was caught there',
  failed: 'the call in question failed',
  shared: 'it ran for more than one task',
  loaded: 'all files of it were loaded',
} as const;
export type Fact = keyof typeof FACTS;

/** A function as it is written now: what runs knew by another body does not count. */
export interface Asked {
  /** `ast_node_id` */
  id: string;
  /** Hash of its body; null: any body. */
  hash: string | null;
}

export interface ProofQuestion {
  /** Whoever asks knows it by that. */
  key: number;
  fact: Fact;
  /** Functions that it is about: one, or all that take part. */
  functions: Asked[];
  /** The call in question: the function called, or the last name of it where it is not known which. */
  callee: { id: string } | { name: string } | null;
  /** `at once`: the function that makes the call for the one that is asked about, which hands it over; null: that one itself. */
  through: string | null;
  /** Calls of the callee that other places make in one call of the function, at most: runs do not tell places apart; null: any number. */
  elsewhere: number | null;
  /** `caught`: id of the catch clause. */
  site: string | null;
  /** `caught`: no other handler is in the function, so what fails in a call that returns was caught there. */
  alone: boolean;
  /** `loaded`: files. */
  paths: string[];
}

/** `not shown`: it ran, and what would confirm it did not happen. `unclear`: it ran, and runs cannot tell. */
export type ProofState = 'confirmed' | 'not shown' | 'unclear' | 'never ran' | 'not recorded';

export interface Proof {
  state: ProofState;
  /** Of `confirmed`: how often, or how many; of `not shown` and `unclear`: how often it ran. */
  count: number;
  /** The newest run that knew it; null: none did. */
  run: string | null;
  /** Rows that show it, in that run: table and key. */
  evidence: {
    run: string;
    table: 'nodes_runtime' | 'edges_runtime' | 'errors' | 'modules';
    key: Record<string, string>;
  }[];
}

export const NOT_RECORDED: Proof = { state: 'not recorded', count: 0, run: null, evidence: [] };
