/** What the panels of the cinema share: made once for each visit of the screen. */
import { Director } from './director/director.ts';
import { Moves } from './director/moves.ts';
import { Tracks } from './tracks/tracks.ts';
import { Player } from './play/player.ts';

export interface Parts {
  director: Director;
  moves: Moves;
  player: Player;
  tracks: Tracks;
}

export function createParts(): Parts {
  const director = new Director();
  const moves = new Moves(director);
  return { director, moves, player: new Player(director, moves), tracks: new Tracks(director.shown) };
}
