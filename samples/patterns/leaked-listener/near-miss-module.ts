// The module runs once.
import { logger } from './logger.ts';

process.on('unhandledRejection', (reason) => logger.error(reason));
setInterval(() => logger.flush(), 1000);
