// These workers are people.
class Employee {
  constructor(readonly name: string) {}
}

export function hire(names: string[]) {
  const workers: Employee[] = [];
  for (const name of names) workers.push(new Employee(name));
  return workers;
}
