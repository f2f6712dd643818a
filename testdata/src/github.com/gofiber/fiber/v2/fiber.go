// Package fiber is as much of the real one as the fixtures need.
package fiber

type Ctx struct{}

type (
	Handler = func(*Ctx) error
	Route   struct {
		Method, Name, Path string
		Params             []string
	}
)

func (c *Ctx) BodyParser(out any) error                         { return nil }
func (c *Ctx) Get(key string, defaultValue ...string) string    { return "" }
func (c *Ctx) Hostname() string                                 { return "" }
func (c *Ctx) IP() string                                       { return "" }
func (c *Ctx) Method(override ...string) string                 { return "" }
func (c *Ctx) Next() error                                      { return nil }
func (c *Ctx) OriginalURL() string                              { return "" }
func (c *Ctx) Params(key string, defaultValue ...string) string { return "" }
func (c *Ctx) Path(override ...string) string                   { return "" }
func (c *Ctx) Query(key string, defaultValue ...string) string  { return "" }
func (c *Ctx) Route() *Route                                    { return nil }
