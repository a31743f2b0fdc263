// As in the book.
export class Settings {
  private static instance: Settings | undefined;
  private constructor(readonly values: Record<string, string>) {}

  static getInstance() {
    if (!Settings.instance) {
      Settings.instance = new Settings({ ...(process.env as Record<string, string>) });
    }
    return Settings.instance;
  }
}
