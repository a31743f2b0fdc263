export const threadName = () => 'this thread';
