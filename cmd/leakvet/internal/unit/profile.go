package unit

import (
	"errors"
	"os"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
)

// ProfileFlag asks units for profiles: its value is their kinds and a number
// that no other run has, separated by commas. The number is part of the go
// command's key, so that every package is analysed anew. ProfilesVar names the
// directory that the profiles go to.
const (
	ProfileFlag = "leakvet.profile"
	ProfilesVar = "LEAKVET_PROFILES"
)

// The kinds of profiles. The files' names begin with them.
const (
	ProfileCPU    = "cpu"
	ProfileMemory = "memory"
)

// StartProfiles begins to take the profiles of the kinds in a list. Stop writes each to
// a file of its own in dir.
func StartProfiles(kinds, dir string) (stop func() error, err error) {
	if dir == "" {
		return nil, errors.New("-" + ProfileFlag + " is set, and " + ProfilesVar + " does not say where profiles go")
	}
	wanted := strings.Split(kinds, ",")
	var cpu, memory *os.File
	if slices.Contains(wanted, ProfileMemory) {
		if memory, err = os.CreateTemp(dir, ProfileMemory+"-"); err != nil {
			return nil, err
		}
	}
	if slices.Contains(wanted, ProfileCPU) {
		if cpu, err = os.CreateTemp(dir, ProfileCPU+"-"); err == nil {
			err = pprof.StartCPUProfile(cpu)
		}
		if err != nil {
			return nil, errors.Join(err, closeAll(cpu, memory))
		}
	}
	return func() error {
		var err error
		if cpu != nil {
			pprof.StopCPUProfile()
		}
		if memory != nil {
			// The profile is as of the last collection.
			runtime.GC()
			err = pprof.Lookup("allocs").WriteTo(memory, 0)
		}
		return errors.Join(err, closeAll(cpu, memory))
	}, nil
}

func closeAll(files ...*os.File) error {
	var errs []error
	for _, f := range files {
		if f != nil {
			errs = append(errs, f.Close())
		}
	}
	return errors.Join(errs...)
}

// profiled calls work and writes its profiles, if they are asked for. A unit
// of the standard library has nothing to show.
func profiled(opts *options, s scope, work func() error) error {
	if opts.profile == "" || s == std {
		return work()
	}
	stop, err := StartProfiles(opts.profile, os.Getenv(ProfilesVar))
	if err != nil {
		return err
	}
	return errors.Join(work(), stop())
}
