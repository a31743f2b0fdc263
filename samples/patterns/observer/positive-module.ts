// A module with a list, and two functions.
type Listener = (route: string) => void;
const listeners: Listener[] = [];

export function onNavigate(listener: Listener) {
  listeners.push(listener);
}

export function navigate(route: string) {
  history.pushState(null, '', route);
  listeners.forEach((listener) => listener(route));
}
