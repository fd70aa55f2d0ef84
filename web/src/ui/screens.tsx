import type { ComponentChildren } from 'preact';
import type { MicroCos } from '../client/microcos';
import { Runs } from './Runs';
import { RunView } from './RunView';
import { Schedules } from './Schedules';
import { Start } from './Start';

/** The parts of the page beside the conversation, by the first part of their address. */
export type Screens = Record<string, (cos: MicroCos, name: string | undefined) => ComponentChildren>;

export const SCREENS: Screens = {
  runs: (cos, id) => (id === undefined ? <Runs cos={cos} /> : <RunView key={id} cos={cos} id={id} />),
  start: (cos, name) => <Start cos={cos} name={name} />,
  schedules: (cos) => <Schedules cos={cos} />,
};
