package lib

// Names is a cache, since Lookup reads it.
type Names struct{ byID map[string]string }

func (n *Names) Lookup(id string) string { return n.byID[id] } // want Lookup:`^reads container 0$`

func (n *Names) Keep(id, name string) { n.byID[id] = name } // want Keep:`keeps param 2 in byID`

func (n *Names) Despite(id, name string, err error) { // want Despite:`keeps param 2 in byID despite param 3`
	n.byID[id] = name
}

func (n *Names) Instead(id string, err error) { // want Instead:`keeps a stand-in in byID despite param 2`
	if err != nil {
		n.byID[id] = "unknown"
	}
}

func (n *Names) Good(id, name string, err error) { // want Good:`^grows container 0 by param 1$`
	if err == nil {
		n.byID[id] = name
	}
}
