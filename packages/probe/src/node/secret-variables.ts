/** Secrets in the environment of the program, found in what is recorded. The program may be given more while it runs (`dotenv`): it is looked again. */
import { KnownSecrets, type RedactionSettings } from '../core/index.ts';
import { own } from './request-facts.ts';
import { millis } from './clock.ts';

/** Between two looks, ms, when texts are recorded; without them there are none. A look takes some 20 µs for 40 variables, and 300 for 240: all of them a thousandth of the time. */
const AGAIN_MS = 50;
const TIMES_ITS_COST = 1000;
/** Whatever it took: the thread may have waited for a processor. */
const MOST_MS = 500;

const { max, min } = Math;

// Taken now: programs put others into their place.
const { keys } = Object;
const { process } = globalThis;

export interface SecretVariables {
  known: NonNullable<RedactionSettings['known']>;
  /** A module begins: variables may have been set since the last look. */
  lookAgain: () => void;
}

/** When it is looked again, ms. @param began @param ended the look before */
export function nextLook(began: number, ended: number): number {
  return ended + min(max((ended - began) * TIMES_ITS_COST, AGAIN_MS), MOST_MS);
}

export function secretVariables(
  isSecretName: () => (name: string) => boolean,
  isProxy: (value: unknown) => boolean,
  [low, high]: readonly [number, number],
): SecretVariables {
  const secrets = new KnownSecrets(low, high);
  let next = 0;

  const look = (): void => {
    const environment = own(process, 'env');
    if (typeof environment !== 'object' || environment === null || isProxy(environment)) return;
    const isSecret = isSecretName();
    const names = keys(environment);
    for (let at = 0; at < names.length; at++) {
      const value = own(environment, names[at]);
      if (typeof value !== 'string') continue;
      secrets.variable(isSecret(names[at]), value);
    }
  };
  return {
    known(text, token) {
      const now = millis();
      if (now >= next) {
        look();
        next = nextLook(now, millis());
      }
      return secrets.replaced(text, token);
    },
    lookAgain: () => void (next = 0),
  };
}
