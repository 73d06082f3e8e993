/** Faults of the servers of a cluster, as decisions of the tape. */
import type { Database } from '../database.ts';
import type { WorldNode } from '../scheduler.ts';
import type { World } from '../world.ts';
import type { Cluster } from './cluster.ts';
import type { Supervisor } from './supervisor.ts';

const HOW_LONG_MS = [20_000, 3_000, 60_000] as const;
const RESTART_MS = 1_500;
const INTERRUPTED_S = 20;

type Parts = Readonly<{ cluster: Cluster; supervisor: Supervisor; place: WorldNode }>;

export function listFaults(world: World, { cluster, supervisor, place }: Parts): Database['faults'] {
  const { tape, scheduler, tell, reach } = world;
  const { server } = cluster;
  const { primary, standbys } = supervisor;

  const later = (run: () => void) => {
    const ms = HOW_LONG_MS[tape.choose('pg-duration', 'fault', HOW_LONG_MS.length, 0.6)] as number;
    scheduler.plan(place, ms, run);
  };

  function kill(name: string): void {
    tell(name, 'is killed');
    server(name).kill();
  }

  /** Cuts the standbys off from the WAL; the answer lets those of them follow that still are standbys. */
  function cutStandbys(): () => void {
    const cut = standbys();
    for (const name of cut) cluster.follow(name, undefined);
    tell('network', `cuts ${cut.join(' and ')} off from the WAL`);
    reach('standbys that lag');
    return () => {
      for (const name of cut) if (name !== primary() && server(name).disk.isStandby) cluster.follow(name, primary());
    };
  }

  /** Ends the waits for a standby, now and in the seconds after, as an impatient operator or a deploy does. */
  function interruptWaits(how: 'cancel' | 'terminate', seconds = INTERRUPTED_S): void {
    const waits = server(primary()).sessions();
    for (const { pid } of waits.filter(({ waitsForStandby }) => waitsForStandby)) {
      tell('operator', `${how}s a commit that waits for a standby`);
      reach('a wait for the standby that is cancelled or terminated');
      server(primary())[how](pid);
    }
    if (seconds > 0 && !world.isQuiet()) scheduler.plan(place, 1_000, () => interruptWaits(how, seconds - 1));
  }

  const chooseInterrupt = () => (tape.choose('pg-interrupt', 'how', 2, 0.5) === 0 ? 'terminate' : 'cancel');

  function restartPrimary(): void {
    const name = primary();
    if (
      server(name)
        .sessions()
        .some(({ waitsForStandby }) => waitsForStandby)
    ) {
      reach('a primary restarted while a commit waits');
    }
    tell(name, 'is killed, and restarts in place');
    server(name).kill();
    scheduler.plan(place, RESTART_MS, () => server(name).start());
  }

  return [
    { name: 'restart the primary', inject: restartPrimary },
    { name: 'kill the primary', inject: () => kill(primary()) },
    {
      name: 'pause the primary',
      inject() {
        const name = primary();
        tell(name, 'is stopped (SIGSTOP)');
        server(name).pause();
        later(() => {
          tell(name, 'goes on');
          server(name).resume();
        });
      },
    },
    {
      name: 'isolate the primary from the other servers',
      inject() {
        const name = primary();
        tell(name, 'is cut off from the other servers, not from its clients');
        supervisor.isolate(name);
        const follow = cutStandbys();
        later(() => {
          supervisor.reconnect(name);
          follow();
        });
      },
    },
    {
      name: 'kill a standby',
      inject: () => kill(standbys()[tape.choose('pg-standby', 'which', 2, 0.5)] as string),
    },
    { name: 'let the standbys lag', inject: () => later(cutStandbys()) },
    {
      name: 'interrupt waits for standbys that lag',
      inject() {
        later(cutStandbys());
        interruptWaits(chooseInterrupt());
      },
    },
    {
      name: 'restart the primary while its standbys lag',
      inject() {
        later(cutStandbys());
        for (const ms of [6_000, 12_000]) scheduler.plan(place, ms, () => world.isQuiet() || restartPrimary());
      },
    },
    {
      name: 'lose what only the primary has',
      inject() {
        const name = primary();
        cutStandbys();
        interruptWaits(chooseInterrupt());
        scheduler.plan(place, INTERRUPTED_S * 1_000, () => world.isQuiet() || kill(name));
      },
    },
  ];
}
