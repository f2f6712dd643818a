// Command command searches over and over, until it is killed.
package main

import (
	"fmt"
	"math/rand"
	"time"
)

func main() {
	l := newLoad("one")
	if err := l.Run(3); err != nil {
		fmt.Println(err)
		return
	}
	select {}
}

type load struct {
	name string
	runs chan string
}

func newLoad(name string) *load { return &load{name: name, runs: make(chan string)} }

// Run is called once in this program, so it starts as many goroutines as it is asked for
// once, and they end with the program.
func (l *load) Run(n int) error {
	for i := 0; i < n; i++ {
		go l.search()
	}
	go l.monitor()
	return nil
}

func (l *load) search() {
	for {
		l.runs <- l.name
		time.Sleep(time.Duration(rand.Intn(500)) * time.Millisecond) // want `the goroutine that Run starts sleeps in each round of a loop and never ends`
	}
}

func (l *load) monitor() {
	for run := range l.runs {
		fmt.Println(run)
	}
}
