// One for each name.
class Logger {
  constructor(readonly name: string) {}
}

const loggers: Record<string, Logger> = {};

export function logger(name: string) {
  loggers[name] ??= new Logger(name);
  return loggers[name];
}
