//go:build go1.22

package a

import (
	"errors"
	"fmt"
	"io"
	"time"
)

type disk struct{ volumes []*volume }

type volume struct{ id, replicas uint32 }

type server struct{ disks map[string]*disk }

type mover struct{ topology *topology }

type topology struct{ at time.Time }

func (m *mover) fetch() (*topology, error) { return nil, errors.New("no topology") }

func (m *mover) others(t *topology) (of, rest []*server) { return nil, nil }

func (m *mover) move(v *volume, to []*server) (bool, error) { return false, nil }

func (m *mover) placement(replicas uint32) (fmt.Stringer, error) { return nil, nil }

// What is written on the way says nothing of the ticker, however many ways there are.
func (m *mover) evacuate(apply, skip bool, w io.Writer) error {
	of, rest := m.others(m.topology)
	if len(of) == 0 {
		return fmt.Errorf("nothing to move")
	}
	ticker := time.NewTicker(time.Minute) // want `^ticker from time\.NewTicker is never stopped: the function returns at line \d+$`
	for _, s := range of {
		for _, d := range s.disks {
			if apply {
				select {
				case <-ticker.C:
					if t, err := m.fetch(); err != nil {
						fmt.Fprintf(w, "fetch %v", err)
					} else {
						_, now := m.others(t)
						if len(now) > 0 {
							rest = now
							m.topology = t
							fmt.Fprintf(w, "fetched %v\n", len(rest))
						}
					}
				}
			}
			for _, v := range d.volumes {
				moved, err := m.move(v, rest)
				if err != nil {
					fmt.Fprintf(w, "move %d to %d: %v", v.id, len(rest), err)
				}
				if !moved {
					if skip {
						p, _ := m.placement(v.replicas)
						fmt.Fprintf(w, "leave %d, replication %s\n", v.id, p.String())
					} else {
						return fmt.Errorf("volume %d stays", v.id)
					}
				}
			}
		}
	}
	return nil
}
