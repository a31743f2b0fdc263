// By a name.
import { CsvReader, JsonReader, XmlReader } from './readers.ts';

export function readerFor(format: string) {
  switch (format) {
    case 'csv':
      return new CsvReader();
    case 'json':
      return new JsonReader();
    case 'xml':
      return new XmlReader();
    default:
      throw new Error(`no reader for ${format}`);
  }
}
