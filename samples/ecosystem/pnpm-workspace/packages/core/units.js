import { round } from '@sample/core';

export const celsius = (fahrenheit) => round(((fahrenheit - 32) * 5) / 9);
