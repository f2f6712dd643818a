// Package ldap asks a directory who somebody is.
package ldap

import "github.com/go-ldap/ldap/v3"

func check(addr, user, password string) error {
	conn, err := ldap.DialURL(addr) // leak
	if err != nil {
		return err
	}
	if err := conn.Bind(user, password); err != nil {
		return err
	}
	return conn.Close()
}

func checkClosed(addr, user, password string) error {
	conn, err := ldap.DialURL(addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Bind(user, password)
}

func checkUnbound(addr, user, password string) error {
	conn, err := ldap.DialURL(addr)
	if err != nil {
		return err
	}
	defer conn.Unbind()
	return conn.Bind(user, password)
}

func connect(addr string) (*ldap.Conn, error) { return ldap.DialURL(addr) }
