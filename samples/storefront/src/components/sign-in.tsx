import { type FormEvent, useState } from 'react';
import { session, signIn } from '../state/session.ts';

export function SignIn() {
  const current = session.use();
  if (current !== undefined) return <span data-testid="customer">{current.customer.name}</span>;
  return <SignInForm />;
}

function SignInForm() {
  const [problem, setProblem] = useState('');

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    try {
      await signIn(String(form.get('email')), String(form.get('password')));
    } catch (error) {
      setProblem((error as Error).message);
    }
  }

  return (
    <form className="sign-in" onSubmit={(event) => void submit(event)}>
      <input name="email" type="email" aria-label="E-mail" defaultValue="customer1@shop.example" />
      <input name="password" type="password" aria-label="Password" defaultValue="basket-number-1" />
      <button>Sign in</button>
      {problem && <span role="alert">{problem}</span>}
    </form>
  );
}
