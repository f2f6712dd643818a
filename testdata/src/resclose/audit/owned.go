package audit

import "os"

// What is stored in dst is taken over; nothing closes what is in log.
type upload struct {
	dst *os.File //leakvet:owns // by the uploader, which goes through reflection
	log *os.File
}

func (u *upload) begin(name string) (err error) {
	if u.dst, err = os.Create(name); err != nil {
		return err
	}
	u.log, err = os.Create(name + ".log") // want `^file from os\.Create is kept in field log, and nothing in the package has it closed$`
	return err
}

// plugin is registered, and never ends its journal.
type plugin struct{ journal *os.File }

func (p *plugin) handle(line string) { p.journal.WriteString(line) }

var plugins []func() *plugin

func setUp(name string) error {
	f, err := os.Create(name) // want `^file from os\.Create is kept in field journal, and nothing in the package has it closed$`
	if err != nil {
		return err
	}
	p := &plugin{journal: f}
	plugins = append(plugins, func() *plugin { return p })
	return nil
}

// ending is registered, and ends its journal.
type ending struct{ diary *os.File }

func (e *ending) stop() error { return e.diary.Close() }

var endings []func() *ending

func setUpEnding(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	e := &ending{diary: f}
	endings = append(endings, func() *ending { return e })
	return nil
}

// Open can be closed by whoever gets it.
type Open struct{ File *os.File }

var opens = map[string]*Open{}

func register(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	opens[name] = &Open{File: f}
	return nil
}
