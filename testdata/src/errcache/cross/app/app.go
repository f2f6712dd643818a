// Package app fills a cache of another package.
package app

import (
	"net"

	"errcache/cross/lib"
)

func remember(c *lib.Cache, host string) ([]string, error) {
	if v, ok := c.Get(host); ok {
		return v, nil
	}
	ips, err := net.LookupHost(host)
	c.Remember(host, ips) // want `ips is cached in entries before err of LookupHost \(called at line \d+\) is checked`
	return ips, err
}

func checked(c *lib.Cache, host string) ([]string, error) {
	ips, err := net.LookupHost(host)
	if err != nil {
		return nil, err
	}
	c.Remember(host, ips)
	return ips, nil
}

func both(c *lib.Cache, host string) []string {
	ips, err := net.LookupHost(host)
	c.Both(host, ips, err) // want `ips is cached in entries before err of LookupHost \(called at line \d+\) is checked`
	return ips
}

func bothChecked(c *lib.Cache, host string) []string {
	ips, err := net.LookupHost(host)
	if err != nil {
		return nil
	}
	c.Both(host, ips, err)
	return ips
}

func good(c *lib.Cache, host string) []string {
	ips, err := net.LookupHost(host)
	c.Good(host, ips, err)
	return ips
}

func failed(c *lib.Cache, host string) []string {
	ips, err := net.LookupHost(host)
	if err != nil {
		c.Failed(host, err) // want `a failure of LookupHost \(called at line \d+\) is cached in entries as an empty value, and answers later calls`
		return nil
	}
	return ips
}

func table(t *lib.Table, host string) error {
	ips, err := net.LookupHost(host)
	t.Insert(host, ips)
	return err
}
