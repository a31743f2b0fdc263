/** The check every payment card number passes: it catches one wrong digit and most swapped pairs. */
export function passesLuhn(digits) {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits.at(-1 - place));
    sum += place % 2 === 0 ? digit : doubled(digit);
  }
  return sum % 10 === 0;
}

function doubled(digit) {
  const twice = digit * 2;
  return twice > 9 ? twice - 9 : twice;
}
