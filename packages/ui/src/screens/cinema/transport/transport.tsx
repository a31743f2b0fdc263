/** The bar at the bottom: errors, steps, play, speed, level; and why. */
import { Pause, Play, SkipBack, SkipForward, StepBack, StepForward } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useSelection } from '../../../state/selection.ts';
import { LEVELS } from '../../../state/url.ts';
import { runCommand } from '../../../commands/registry.ts';
import { LEVEL_TITLES } from '../commands.ts';
import { useShown } from '../director/shown.ts';
import type { Parts } from '../parts.ts';
import { speedLine, speedText } from '../play/play.ts';
import { HotPath } from './hot-path.tsx';
import { WhyLine } from './why-line.tsx';

export function Transport({ parts }: { parts: Parts }) {
  return (
    <div className="panel transport">
      <Press icon={SkipBack} command="cinema.previous-error" title="Previous error" keys="Shift+E" />
      <Press icon={StepBack} command="cinema.step-back" title="Step back" keys="," />
      <PlayButton parts={parts} />
      <Press icon={StepForward} command="cinema.step" title="Step on" keys="." />
      <Press icon={SkipForward} command="cinema.next-error" title="Next error" keys="E" />
      <Speed parts={parts} />
      <Levels parts={parts} />
      <HotPath parts={parts} />
      <WhyLine parts={parts} />
    </div>
  );
}

function Press({
  icon: Icon,
  command,
  title,
  keys,
}: {
  icon: LucideIcon;
  command: string;
  title: string;
  keys: string;
}) {
  return (
    <button
      className="press"
      title={`${title} (${keys})`}
      aria-label={title}
      onClick={() => runCommand(command)}
    >
      <Icon size={20} strokeWidth={1.7} aria-hidden />
    </button>
  );
}

function PlayButton({ parts: { director, player } }: { parts: Parts }) {
  const isPlaying = useShown(director.shown, ({ playing }) => playing !== 0);
  const Icon = isPlaying ? Pause : Play;
  return (
    <button
      className="play"
      title="Play or pause (Space)"
      aria-label={isPlaying ? 'Pause' : 'Play'}
      onClick={() => player.toggle()}
    >
      <Icon size={18} fill="currentColor" strokeWidth={1.5} aria-hidden />
    </button>
  );
}

/** What the player does now, else would. */
function Speed({ parts: { director, player } }: { parts: Parts }) {
  const playing = useShown(director.shown, (shown) => shown.playing);
  // What fits is told by what ran.
  useShown(director.shown, (shown) => shown.bars);
  useShown(director.shown, (shown) => shown.overview);
  useSelection((selection) => selection.options['speed']);
  const speed = playing === 0 ? player.speed : playing;
  return (
    <span className="chip speed">
      <button aria-label="Slower" onClick={() => player.slower()}>
        −
      </button>
      <button title="At the speed that fits" onClick={() => player.setSpeed(null)}>
        {speed < 0 ? '−' : ''}
        {speedText(Math.abs(speed))} · {speedLine(speed)}
      </button>
      <button aria-label="Faster" onClick={() => player.faster()}>
        +
      </button>
    </span>
  );
}

function Levels({ parts: { moves } }: { parts: Parts }) {
  const level = useSelection((selection) => selection.level);
  return (
    <span className="segments" role="group" aria-label="Level">
      {LEVELS.map((each, n) => (
        <button
          key={each}
          title={`Level ${n + 1}`}
          aria-pressed={each === level}
          onClick={() => moves.level(each)}
        >
          {LEVEL_TITLES[each]}
        </button>
      ))}
    </span>
  );
}
