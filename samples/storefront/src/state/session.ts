// Who is signed in. It lives as long as the page does.

import * as shop from '../api/shop.ts';
import type { Customer } from '../api/types.ts';
import { createStore } from './store.ts';

export interface Session {
  token: string;
  customer: Customer;
}

export const session = createStore<Session | undefined>(undefined);

export async function signIn(email: string, password: string): Promise<void> {
  session.set(await shop.signIn(email, password));
}
