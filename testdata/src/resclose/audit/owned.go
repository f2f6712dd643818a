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
