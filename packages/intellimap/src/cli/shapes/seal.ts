/** What `verify --json` tells. */
import { list, object, oneOf, type Shape, text, yesNo } from '../../base/shape.ts';
import type { VerifyAnswer } from '../commands/verify.ts';

export const verifyAnswer: Shape<VerifyAnswer> = object<VerifyAnswer>({
  valid: yesNo('It is what was sealed.'),
  problems: list(text(), 'What is not, in words.'),
  kind: oneOf(['run', 'report']),
  id: text('runs.id'),
  root: text('Of the tree of hashes: 64 hex digits.'),
  publicKey: text('The key that the seal names: SPKI, DER, base64.'),
  seal: text('Its file. Absolute.'),
});
