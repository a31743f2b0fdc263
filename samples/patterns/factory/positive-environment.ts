// By what it is configured with, in a method.
import { FileStorage } from './file.ts';
import { S3Storage } from './s3.ts';

export class Storages {
  create(options: { bucket?: string; folder: string }) {
    if (options.bucket !== undefined) return new S3Storage(options.bucket);
    return new FileStorage(options.folder);
  }
}
