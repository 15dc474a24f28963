package storetest

import "encoding/json"

func decode[T any](data string) (v T, err error) {
	err = json.Unmarshal([]byte(data), &v)
	return v, err
}
